-- What: what the findings of issue 3 need: the 63 codes of birth registration, the coefficients of social assistance, and the tables in which a run keeps rates.
-- Trust: coefficients were read in Decree 20/2021 (articles 6 and 20), place codes in Circular 07/2016/TT-BCA (annex 1); the category codes are this product's own,
--       since no official list of codes was found: an installation loads its own `category` file beside them. Coefficients of merit people and rates of provinces
--       were not read and are not here: what is not known is not checked.

create table birth_place (
  place_code text primary key,
  name text not null
);
comment on table birth_place is 'the first three digits of a 12-digit id: where the birth was registered, by the 63 provinces of 2016; mergers do not change them (Circular 07/2016/TT-BCA, annex 1)';

insert into birth_place (place_code, name) values
  ('001', 'Hà Nội'), ('002', 'Hà Giang'), ('004', 'Cao Bằng'), ('006', 'Bắc Kạn'), ('008', 'Tuyên Quang'), ('010', 'Lào Cai'),
  ('011', 'Điện Biên'), ('012', 'Lai Châu'), ('014', 'Sơn La'), ('015', 'Yên Bái'), ('017', 'Hòa Bình'), ('019', 'Thái Nguyên'),
  ('020', 'Lạng Sơn'), ('022', 'Quảng Ninh'), ('024', 'Bắc Giang'), ('025', 'Phú Thọ'), ('026', 'Vĩnh Phúc'), ('027', 'Bắc Ninh'),
  ('030', 'Hải Dương'), ('031', 'Hải Phòng'), ('033', 'Hưng Yên'), ('034', 'Thái Bình'), ('035', 'Hà Nam'), ('036', 'Nam Định'),
  ('037', 'Ninh Bình'), ('038', 'Thanh Hóa'), ('040', 'Nghệ An'), ('042', 'Hà Tĩnh'), ('044', 'Quảng Bình'), ('045', 'Quảng Trị'),
  ('046', 'Thừa Thiên Huế'), ('048', 'Đà Nẵng'), ('049', 'Quảng Nam'), ('051', 'Quảng Ngãi'), ('052', 'Bình Định'), ('054', 'Phú Yên'),
  ('056', 'Khánh Hòa'), ('058', 'Ninh Thuận'), ('060', 'Bình Thuận'), ('062', 'Kon Tum'), ('064', 'Gia Lai'), ('066', 'Đắk Lắk'),
  ('067', 'Đắk Nông'), ('068', 'Lâm Đồng'), ('070', 'Bình Phước'), ('072', 'Tây Ninh'), ('074', 'Bình Dương'), ('075', 'Đồng Nai'),
  ('077', 'Bà Rịa – Vũng Tàu'), ('079', 'Hồ Chí Minh'), ('080', 'Long An'), ('082', 'Tiền Giang'), ('083', 'Bến Tre'), ('084', 'Trà Vinh'),
  ('086', 'Vĩnh Long'), ('087', 'Đồng Tháp'), ('089', 'An Giang'), ('091', 'Kiên Giang'), ('092', 'Cần Thơ'), ('093', 'Hậu Giang'),
  ('094', 'Sóc Trăng'), ('095', 'Bạc Liêu'), ('096', 'Cà Mau');

-- Decree 20/2021, article 6 (by clause of article 5), and article 20 (carers); social pension: Decree 176/2025, the standard itself
insert into category_row (file_id, line_number, scheme_id, category_code, coefficient, name_vi, name_en, applies_from)
select 0, position, scheme_id, category_code, coefficient, name_vi, name_en, case scheme when 'HTXH' then date '2025-07-01' else date '2021-07-01' end
from (values
  (1, 'BTXH', '1A', 2.5, 'Trẻ em mồ côi, bị bỏ rơi dưới 4 tuổi', 'Orphan or abandoned child under 4'), -- article 5.1, 6.1
  (2, 'BTXH', '1B', 1.5, 'Trẻ em mồ côi, bị bỏ rơi từ 4 đến dưới 16 tuổi', 'Orphan or abandoned child from 4 to under 16'),
  (3, 'BTXH', '2A', 1.5, 'Người từ 16 đến 22 tuổi thuộc khoản 1 đang học', 'Aged 16 to 22, formerly of clause 1, still studying'), -- article 5.2
  (4, 'BTXH', '3A', 2.5, 'Trẻ em dưới 4 tuổi thuộc khoản 3, hộ nghèo', 'Child under 4 of clause 3, poor household'), -- article 5.3; the group is not named here: it may never be posted
  (5, 'BTXH', '3B', 2.0, 'Trẻ em từ 4 đến dưới 16 tuổi thuộc khoản 3, hộ nghèo', 'Child from 4 to under 16 of clause 3, poor household'),
  (6, 'BTXH', '4', 1.0, 'Người đơn thân nghèo nuôi con, mỗi con', 'Poor single parent, for each child'), -- article 5.4; quantity is the number of children
  (7, 'BTXH', '5A1', 1.5, 'Người cao tuổi nghèo không có người phụng dưỡng, 60 đến 80 tuổi', 'Poor elderly without support, 60 to 80'), -- article 5.5
  (8, 'BTXH', '5A2', 2.0, 'Người cao tuổi nghèo không có người phụng dưỡng, từ 80 tuổi', 'Poor elderly without support, 80 and over'),
  (9, 'BTXH', '5B', 1.0, 'Người cao tuổi nghèo, cận nghèo 75 đến 80 tuổi vùng đặc biệt khó khăn', 'Poor elderly of 75 to 80 in areas of special difficulty'),
  (10, 'BTXH', '5C', 1.0, 'Người từ 80 tuổi không có lương hưu', 'Aged 80 and over without a pension'), -- largely social pension since 1 July 2025
  (11, 'BTXH', '5D', 3.0, 'Người cao tuổi nghèo được nhận chăm sóc tại cộng đồng', 'Poor elderly cared for in the community'),
  (12, 'BTXH', '6A', 1.5, 'Người khuyết tật nặng', 'Severe disability'), -- article 5.6
  (13, 'BTXH', '6B', 2.0, 'Người khuyết tật nặng là người cao tuổi', 'Severe disability, elderly'),
  (14, 'BTXH', '6BT', 2.0, 'Người khuyết tật nặng là trẻ em', 'Severe disability, child'),
  (15, 'BTXH', '6C', 2.0, 'Người khuyết tật đặc biệt nặng', 'Extremely severe disability'),
  (16, 'BTXH', '6D', 2.5, 'Người khuyết tật đặc biệt nặng là người cao tuổi', 'Extremely severe disability, elderly'),
  (17, 'BTXH', '6DT', 2.5, 'Người khuyết tật đặc biệt nặng là trẻ em', 'Extremely severe disability, child'),
  (18, 'BTXH', '7', 1.5, 'Trẻ em dưới 3 tuổi hộ nghèo, cận nghèo vùng đặc biệt khó khăn', 'Child under 3, poor, in areas of special difficulty'), -- article 5.7
  (19, 'BTXH', '8A', 1.5, 'Người thuộc khoản 8, hộ nghèo', 'Person of clause 8, poor household'), -- article 5.8; not named, as clause 3
  (20, 'BTXH', 'CS1', 2.5, 'Nhận chăm sóc trẻ em dưới 4 tuổi', 'Carer of a child under 4'), -- article 20: paid to the carer
  (21, 'BTXH', 'CS2', 1.5, 'Nhận chăm sóc trẻ em từ 4 đến dưới 16 tuổi', 'Carer of a child from 4 to under 16'),
  (22, 'BTXH', 'CS3', 1.0, 'Hộ gia đình đang chăm sóc người khuyết tật đặc biệt nặng', 'Household caring for a person with extremely severe disability'),
  (23, 'BTXH', 'CS4', 1.5, 'Nhận chăm sóc người khuyết tật đặc biệt nặng', 'Taking in a person with extremely severe disability'),
  (24, 'BTXH', 'CS5', 2.5, 'Nhận chăm sóc trẻ em khuyết tật đặc biệt nặng', 'Taking in a child with extremely severe disability'),
  (25, 'HTXH', 'H70', 1.0, 'Người từ 70 đến dưới 75 tuổi hộ nghèo, cận nghèo', 'Aged 70 to 74, poor or near-poor'), -- Decree 176/2025
  (26, 'HTXH', 'H75', 1.0, 'Người từ 75 tuổi không có lương hưu', 'Aged 75 and over without a pension')
) as pack (position, scheme, category_code, coefficient, name_vi, name_en) join scheme_code using (scheme);

-- Reference rows as a run sees them ---------------------------------------------------------------------------------------

create unlogged table work_coefficient (scheme_id smallint not null, category_code text not null, from_period integer not null, before_period integer not null, coefficient numeric not null);
comment on table work_coefficient is 'one row per category and span of months in which its coefficient stands; before_period is the first month after it';

create unlogged table work_rate (
  scheme_id smallint not null, unit_code text not null, benefit_period integer not null, rate_amount numeric not null, right_from date not null, right_before date not null, is_owed boolean not null
);
comment on table work_rate is 'one row per scheme × unit × month × span of list days on which one rate is right (D33); unit_code is empty for all units without a rate of their own or of an ancestor';
comment on column work_rate.right_from is 'the day that rate came into force: a list of that day or later follows it';
comment on column work_rate.right_before is 'the day a better one came into force; infinity: none yet';
comment on column work_rate.is_owed is 'a higher rate in force on the day of the run applies to that month, and may already be owed to who was listed at this one (D34)';

create unlogged table work_rate_unit (scheme_id smallint not null, unit_code text not null);
comment on table work_rate_unit is 'the units whose rate of that scheme is not simply the national one';

create unlogged table work_exclusive_scheme (scheme_id smallint primary key, exclusive_set text not null);
comment on table work_exclusive_scheme is 'schemes of which a beneficiary may have only one of a set in a month';

create unlogged table work_register_unit (unit_code text primary key);
comment on table work_register_unit is 'units for which a population register was loaded by the day of the run';
